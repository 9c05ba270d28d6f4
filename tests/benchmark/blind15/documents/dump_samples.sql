-- MySQL dump, host: rockdb
DROP TABLE IF EXISTS `sample`;
CREATE TABLE `sample` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(40) DEFAULT NULL,
  `igsn` varchar(32) DEFAULT NULL COMMENT 'IGSN without prefix',
  `lab_no` varchar(16),
  `remark` text,
  PRIMARY KEY (`id`)
);
INSERT INTO `sample` (`id`,`name`,`igsn`,`lab_no`,`remark`) VALUES
(1,'O''Hara ridge 1','JMS0001T1','IEL002101',NULL),
(2,'O''Hara ridge 2','JMS0001T2','IEL002102','cut from IGSN JMS0001T0, see notebook; page 4'),
(3,'Fen 3',NULL,'IEL002103','to be registered'),
(4,'Fen 4','JMS0001T4','IEL002104','paper: 10.1111/jmg.12555');
INSERT INTO `sample` VALUES (5,'Fen 5','JMS0001T5','IEL002105',''),(6,'Fen 6','','IEL002106','');
INSERT INTO `link` (`sample_id`,`url`) VALUES (1,'https://doi.org/10.58052/JMS0001T1'),(4,'https://example.org/fen4');
